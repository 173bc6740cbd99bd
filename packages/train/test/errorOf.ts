import { expect } from 'chai';

/** The error that `use` throws, or with which its promise is rejected. */
export async function errorOf(use: () => unknown): Promise<Error> {
  try {
    await use();
  } catch (error) {
    return error as Error;
  }
  return expect.fail('there was no error');
}
