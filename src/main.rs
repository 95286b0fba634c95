//! Reads the options, builds the server, runs it.

use std::{
    io::{self, Write},
    process::ExitCode,
    thread,
};

use clap::Parser;
use colloquy::server::{
    Server,
    config::{Command, Options},
    log, open_database,
};
use tokio::{
    net::TcpListener,
    runtime::{Builder, Handle, Runtime},
    signal::unix::{SignalKind, signal},
};

/// Rendering pages can wait for itself when there are fewer threads.
const FEWEST_THREADS: usize = 4;

fn main() -> ExitCode {
    match run() {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            let _ = writeln!(io::stderr(), "colloquy: {error}");
            ExitCode::FAILURE
        }
    }
}

fn run() -> Result<(), Box<dyn std::error::Error>> {
    match dotenvy::from_path(".env") {
        Err(error) if !error.not_found() => return Err(format!(".env: {error}").into()),
        _ => {}
    }
    let options = Options::parse();
    log::start(&options.log)?;
    let cores = thread::available_parallelism().map_or(FEWEST_THREADS, usize::from);
    let pages = runtime("pages", cores.max(FEWEST_THREADS))?;
    match options.command.unwrap_or_default() {
        Command::Serve => {
            // More threads than cores would take the rooms' time with changing between them.
            let rooms = runtime("rooms", cores)?;
            pages.block_on(serve(options, rooms.handle().clone()))
        }
        Command::Migrate => pages.block_on(migrate(options)),
    }
}

fn runtime(name: &str, threads: usize) -> io::Result<Runtime> {
    Builder::new_multi_thread()
        .thread_name(name)
        .worker_threads(threads)
        .enable_all()
        .build()
}

async fn serve(options: Options, rooms: Handle) -> Result<(), Box<dyn std::error::Error>> {
    let mut terminated = signal(SignalKind::terminate())?;
    let stop = async move {
        tokio::select! {
            _ = tokio::signal::ctrl_c() => {}
            _ = terminated.recv() => {}
        }
        tracing::info!("stopping");
    };
    let wanted = options.addr;
    let listener = TcpListener::bind(wanted)
        .await
        .map_err(|error| format!("cannot listen on {wanted}: {error}"))?;
    let bound = listener.local_addr()?;
    let server = Server::build_beside(options.into_config(bound)?, rooms).await?;
    // Whoever started the program reads this line, whatever --log says.
    let _ = writeln!(io::stdout(), "listening on http://{bound}");
    server.serve(listener, stop).await?;
    Ok(())
}

async fn migrate(options: Options) -> Result<(), Box<dyn std::error::Error>> {
    let database = open_database(&options.location()).await?;
    database.close().await?;
    let _ = writeln!(io::stdout(), "the tables are up to date");
    Ok(())
}
