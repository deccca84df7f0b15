/** The addresses that get no more mail, and the journeys that end with them. */
package dev.leadline.suppression;
