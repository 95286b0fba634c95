//! The build and test driver: reads the command line and says which steps follow. Does no step itself.

mod bench;
mod chromium;
mod client;
mod command;
mod compress;
mod editor;
mod install;
mod options;
mod packs;
mod project;
mod server;
mod site;
mod steps;
mod style;
mod summary;
mod test;

use std::process::ExitCode;

use anyhow::Result;

use crate::{
    options::{Options, Task},
    project::Project,
    steps::Steps,
};

fn main() -> ExitCode {
    match Options::parse(std::env::args().skip(1)).and_then(carry_out) {
        Ok(code) => code,
        Err(error) => {
            eprintln!("\nxtask: {error:#}");
            ExitCode::FAILURE
        }
    }
}

fn carry_out(options: Options) -> Result<ExitCode> {
    match options.task {
        Task::Help => {
            println!("{}", options::USAGE);
            Ok(ExitCode::SUCCESS)
        }
        Task::Build => {
            let project = Project::find()?;
            let mut steps = Steps::new(client::STEPS + server::STEPS);
            build(&project, options.optimised, &mut steps)?;
            Ok(ExitCode::SUCCESS)
        }
        Task::Run { arguments } => {
            let project = Project::find()?;
            let mut steps = Steps::new(client::STEPS + server::STEPS + 1);
            let program = build(&project, options.optimised, &mut steps)?;
            steps.next("Starting the server (Ctrl-C ends it) ...");
            server::start(&project, &program, &arguments)
        }
        Task::Test { parts } => test::run(&Project::find()?, &parts),
        Task::Bench { bench, arguments } => bench::run(&Project::find()?, bench, &arguments),
    }
}

/// The whole program; says where its file is.
fn build(project: &Project, optimised: bool, steps: &mut Steps) -> Result<std::path::PathBuf> {
    client::build(project, optimised, steps)?;
    let program = server::build(project, optimised, steps)?;
    println!("Built {}", program.display());
    Ok(program)
}
