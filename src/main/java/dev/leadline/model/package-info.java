/** Models of providers: which one a step has, what it may cost, how it is asked, and what may go wrong. */
package dev.leadline.model;
