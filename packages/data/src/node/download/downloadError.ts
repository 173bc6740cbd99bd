/** A data set that could not be downloaded, or not be stored. */
export class DownloadError extends Error {
  override readonly name = 'DownloadError';
}

/** What is wrong with one home; the next one may do better. */
export class HomeProblem extends Error {
  override readonly name = 'HomeProblem';
}

/** A connection that was lost: the download can go on where it stopped. */
export class Interruption extends HomeProblem {}
