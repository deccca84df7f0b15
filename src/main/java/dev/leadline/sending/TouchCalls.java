package dev.leadline.sending;

import java.util.concurrent.CompletionStage;

/** Tells a journey that its mail has its turn. */
interface TouchCalls {

  /** Done when the engine keeps it; the same call twice counts once. */
  CompletionStage<?> call(QueuedTouch touch);
}
