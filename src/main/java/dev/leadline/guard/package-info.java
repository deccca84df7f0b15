/** What strangers write, on its way to a model: it closes no tag, and what in it speaks to machines is noticed. */
package dev.leadline.guard;
