/** What is not part of Azure's surface: everything under {@code /_localhsm/}. */
@NullMarked
package localhsm.server.lab;

import org.jspecify.annotations.NullMarked;
