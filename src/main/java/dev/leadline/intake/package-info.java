/** The one gate by which leads come in: by form, API or sample, stored as they came and then judged. */
package dev.leadline.intake;
