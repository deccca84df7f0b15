/** What may be written down of a text that somebody else wrote. */
package dev.leadline.privacy;
