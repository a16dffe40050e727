/** Local RBAC on the data plane: the control that asks for the decision on every request. */
@NullMarked
package localhsm.server.roles;

import org.jspecify.annotations.NullMarked;
