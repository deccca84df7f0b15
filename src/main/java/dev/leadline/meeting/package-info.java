/** When one of us speaks with a lead: the brief before it, LinkedIn and calls as tasks, and what came of them. */
package dev.leadline.meeting;
