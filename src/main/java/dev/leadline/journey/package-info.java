/** The drawn journeys: deploying them, and seeing where their instances are. */
package dev.leadline.journey;
