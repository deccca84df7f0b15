/** Reading the dossier into facts for the score table, and who sent the lead where. */
package dev.leadline.qualify;
