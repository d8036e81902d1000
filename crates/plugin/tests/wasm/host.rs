//! A host for the plugin, as Typst is one: wasmi, and the protocol's two functions.

use std::path::Path;

use wasmi::{Caller, Config, Engine, Extern, Instance, Linker, Module, Store, Val};

/// What passes between host and plugin in a call.
#[derive(Default)]
struct Call {
    arguments: Vec<u8>,
    result: Vec<u8>,
}

/// The plugin that is committed in the package.
pub struct Plugin {
    store: Store<Call>,
    instance: Instance,
}

impl Plugin {
    /// Unpacks and loads it, as the package does.
    pub fn load() -> Self {
        let packed = read("scrollback.wasm.lz4");
        let unpacked = Self::of(&read("unpack.wasm")).call("unpack", [&packed]);
        Self::of(&unpacked.expect("the plugin is whole"))
    }

    /// Loads a plugin; anything that Typst would refuse to load is an error here, too.
    fn of(bytes: &[u8]) -> Self {
        let mut config = Config::default();
        config.wasm_relaxed_simd(false);
        let engine = Engine::new(&config);
        let module = Module::new(&engine, bytes).expect("it is sound WebAssembly");
        let mut linker = Linker::new(&engine);
        linker
            .func_wrap(
                "typst_env",
                "wasm_minimal_protocol_send_result_to_host",
                |mut caller: Caller<Call>, at: u32, length: u32| {
                    let memory = memory(&caller);
                    let mut result = vec![0; length as usize];
                    memory
                        .read(&caller, at as usize, &mut result)
                        .expect("the result is in memory");
                    caller.data_mut().result = result;
                },
            )
            .expect("the name is free");
        linker
            .func_wrap(
                "typst_env",
                "wasm_minimal_protocol_write_args_to_buffer",
                |mut caller: Caller<Call>, at: u32| {
                    let memory = memory(&caller);
                    let arguments = std::mem::take(&mut caller.data_mut().arguments);
                    memory
                        .write(&mut caller, at as usize, &arguments)
                        .expect("the arguments fit into memory");
                },
            )
            .expect("the name is free");
        let mut store = Store::new(&engine, Call::default());
        let instance = linker
            .instantiate_and_start(&mut store, &module)
            .expect("it imports nothing else");
        Self { store, instance }
    }

    /// Calls a function. A trap is a failure of the test.
    pub fn call<const N: usize>(
        &mut self,
        name: &str,
        arguments: [&[u8]; N],
    ) -> Result<Vec<u8>, String> {
        let function = self
            .instance
            .get_func(&self.store, name)
            .expect("the plugin exports it");
        self.store.data_mut().arguments = arguments.concat();
        let lengths = arguments.map(|argument| Val::I32(argument.len() as i32));
        let mut code = [Val::I32(-1)];
        function
            .call(&mut self.store, &lengths, &mut code)
            .unwrap_or_else(|trap| panic!("`{name}` trapped: {trap}"));
        let result = std::mem::take(&mut self.store.data_mut().result);
        match code[0].i32() {
            Some(0) => Ok(result),
            Some(1) => Err(String::from_utf8(result).expect("an error is text")),
            other => panic!("`{name}` gave {other:?}"),
        }
    }
}

/// A file of the package.
fn read(name: &str) -> Vec<u8> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("../../src")
        .join(name);
    std::fs::read(path).expect("the plugin is committed")
}

fn memory(caller: &Caller<Call>) -> wasmi::Memory {
    caller
        .get_export("memory")
        .and_then(Extern::into_memory)
        .expect("the plugin exports its memory")
}
