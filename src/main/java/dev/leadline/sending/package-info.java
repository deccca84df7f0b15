/** When a mail may go: the queue, the tables it goes by, holds, and the panic switch. */
package dev.leadline.sending;
