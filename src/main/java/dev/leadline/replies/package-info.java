/** What comes back by mail: read, stored, understood as far as no model is needed, and told to the journeys. */
package dev.leadline.replies;
