/** The dossier: website and the lead's own words, fact by fact. */
package dev.leadline.research;
