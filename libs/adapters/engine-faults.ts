/** An engine answers and will not do: trying again is no use. The message says why and what to do. */
export class EngineRefused extends Error {
  override readonly name = 'EngineRefused';
}

/** An engine does not answer, or not yet: trying again may do. The message says which and what to look at. */
export class EngineAway extends Error {
  override readonly name = 'EngineAway';
}
