/** What has to reach others sooner or later: stored first, in order, again with back-off, and never lost silently. */
package dev.leadline.relay;
