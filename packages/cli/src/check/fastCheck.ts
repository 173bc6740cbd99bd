/** Loaded when it is wanted, as only this command does. */
export const loadFastCheck = () => import('fast-check');

export type FastCheck = Awaited<ReturnType<typeof loadFastCheck>>;
