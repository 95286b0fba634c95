//! Every message goes over the wire and comes back the same.
