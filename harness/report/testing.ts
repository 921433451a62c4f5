import type { Provenance } from "./model";

/** A run that never was. */
export const madeUpProvenance = (more: Partial<Provenance> = {}): Provenance => ({
  version: "1.0.0",
  catalogue: "0123456789abcdef",
  command: ["run", "python:python3"],
  host: { platform: "linux", arch: "x64", release: "6.1", node: "v22.0.0" },
  startedAt: new Date(0),
  nonce: "fedcba9876543210",
  partial: false,
  complete: true,
  ...more,
});
