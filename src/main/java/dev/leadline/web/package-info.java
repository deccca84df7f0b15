/** What all pages and interfaces share: the layout, problems, times. */
package dev.leadline.web;
