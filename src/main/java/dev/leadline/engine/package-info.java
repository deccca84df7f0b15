/** How Leadline talks to Camunda: the threads its jobs run on and what happens to a job that fails. */
package dev.leadline.engine;
