/** One lead's whole story on one page: who, what is known, what was written, sent and decided. */
package dev.leadline.story;
