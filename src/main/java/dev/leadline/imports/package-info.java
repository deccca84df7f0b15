/** Files of leads, read row by row, with a verdict on every row. */
package dev.leadline.imports;
