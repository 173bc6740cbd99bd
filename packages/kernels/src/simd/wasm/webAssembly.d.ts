// The part of the host's WebAssembly interface (W3C, "WebAssembly JavaScript Interface") that kernels
// need. TypeScript declares it only together with everything else that browsers have.
declare namespace WebAssembly {
  interface MemoryDescriptor {
    readonly initial: number;
    readonly maximum: number;
    readonly shared: boolean;
  }

  class Memory {
    constructor(descriptor: MemoryDescriptor);
    readonly buffer: ArrayBufferLike;
    /** Adds pages of 64 KiB. */
    grow(pages: number): number;
  }

  class Module {
    constructor(bytes: Uint8Array<ArrayBuffer>);
  }

  class Instance {
    constructor(
      module: Module,
      imports: Readonly<Record<string, Readonly<Record<string, unknown>>>>,
    );
    readonly exports: Readonly<Record<string, unknown>>;
  }

  /** Whether the host understands a module. */
  function validate(bytes: Uint8Array<ArrayBuffer>): boolean;
}
