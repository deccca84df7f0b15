/** Services of others that are asked over the internet, and how long each of them is trusted to answer. */
package dev.leadline.provider;
