/** What a reply says: its class, whether they want to be left alone, until when, and whom they refer to. */
package dev.leadline.reading;
