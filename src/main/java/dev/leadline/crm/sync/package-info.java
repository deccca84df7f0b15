/** Who is engaged or qualified becomes a record of the CRM, with every touch; nobody else does. */
package dev.leadline.crm.sync;
