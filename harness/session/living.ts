/** A process group that must not outlive the harness. */
export interface Living {
  /** SIGKILL to everything in it, now. */
  kill(): void;
  /** The same with a chance to clean up. */
  terminate(): Promise<void>;
}

const living = new Set<Living>();
let guarded = false;

/** Registers a group; from now on nothing of it survives the harness. Gives the release. */
export function keepTrackOf(group: Living): () => void {
  living.add(group);
  if (!guarded) {
    guarded = true;
    process.on("exit", killAll);
  }
  return () => {
    living.delete(group);
  };
}

/** Ends every process this harness started: for its own Ctrl-C. */
export async function terminateAll(): Promise<void> {
  await Promise.all([...living].map((group) => group.terminate()));
}

function killAll(): void {
  for (const group of living) group.kill();
}
