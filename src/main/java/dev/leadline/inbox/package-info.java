/** The tasks that wait for people. */
package dev.leadline.inbox;
