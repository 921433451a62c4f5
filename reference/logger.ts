/**
 * Where the reference writes what nobody asked for, like Python's logger "asyncio". Replace the functions to
 * redirect.
 */
export const logger: {
  error: (message: string) => void;
  warning: (message: string) => void;
} = {
  error: (message) => process.stderr.write(`${message}\n`),
  warning: (message) => process.stderr.write(`${message}\n`),
};
