/** Signals a process, or with a negative number a group. False when there is no such thing (any more). */
export function signal(target: number, name: NodeJS.Signals | 0): boolean {
  try {
    process.kill(target, name);
    return true;
  } catch (error) {
    // EPERM: it exists but is not ours, for instance a subject that changed its user.
    return (error as NodeJS.ErrnoException).code === "EPERM";
  }
}
