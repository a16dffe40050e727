/** JSON of requests and answers, read strictly and written member by member. */
@NullMarked
package localhsm.server.json;

import org.jspecify.annotations.NullMarked;
