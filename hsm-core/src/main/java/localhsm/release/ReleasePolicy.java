package localhsm.release;

/**
 * The rules under which an exportable key may be released.
 *
 * @param document the policy as canonical JSON: sorted members, no blanks
 * @param immutable whether the policy, this flag included, can never change again
 */
public record ReleasePolicy(String document, boolean immutable) {}
