/** Models, what they answer, and what becomes of a step when they do not. */
package dev.leadline.agent;
