/** What we may say about ourselves: the files of knowledge/, searched in process. */
package dev.leadline.knowledge;
