package localhsm.release;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import localhsm.problem.ProblemException;
import localhsm.problem.Problems;

/**
 * Reads release policies, version 1.0.0 of Azure's grammar:
 *
 * <pre>
 * policy    := {"version":"1.0.0", "anyOf":[authority+]}
 * authority := {"authority":"issuer", "allOf"|"anyOf":[condition+]}
 * condition := {"claim":"name", "equals":string|number|true|false} | {"allOf":[...]} | {"anyOf":[...]}
 * </pre>
 *
 * Whatever else stands in one is refused, the grammar's other operators included, which the service
 * does not support either: a rule that is not understood must not be taken for one that is met.
 */
public final class ReleasePolicyCodec {
  private static final String VERSION = "1.0.0";
  private static final int MAX_CHARACTERS = 32 * 1024;
  private static final int MAX_DEPTH = 16;
  private static final int MAX_CLAIM = 256;
  private static final int MAX_DOTS = 32;
  private static final String ALL_OF = "allOf";
  private static final String ANY_OF = "anyOf";
  private static final String PREFIX = "Key Release Policy: ";

  private ReleasePolicyCodec() {}

  /**
   * Reads a policy as the client wrote it, or the document of one.
   *
   * @throws ProblemException when it breaks the grammar, is longer than 32768 characters or nested
   *     deeper than 16 conditions
   */
  public static ReleasePolicy read(String json, boolean immutable) {
    Map<?, ?> policy = object(parse(json));
    Object version =
        Optional.<Object>ofNullable(policy.get("version"))
            .orElseThrow(Problems::releasePolicyVersion);
    if (!version.equals(VERSION)) {
      throw bad("the version must be '" + VERSION + "'");
    }
    requireMembers(policy, Set.of("version", ANY_OF));
    String document = JsonTreeCodec.write(policy);
    // Numbers may grow when they are written anew, and the document must be readable again.
    parse(document);
    return new ReleasePolicy(
        document, immutable, list(policy, ANY_OF, ReleasePolicyCodec::authority));
  }

  private static Object parse(String json) {
    if (json.length() > MAX_CHARACTERS) {
      throw bad("more than " + MAX_CHARACTERS + " characters");
    }
    try {
      return JsonTreeCodec.read(json);
    } catch (IllegalArgumentException e) {
      throw bad("not well-formed JSON without null");
    }
  }

  private static ReleasePolicy.Authority authority(Object value) {
    Map<?, ?> authority = object(value);
    String operator = operator(authority);
    requireMembers(authority, Set.of("authority", operator));
    if (!(authority.get("authority") instanceof String issuer) || issuer.isBlank()) {
      throw bad("an authority has no 'authority' property with its issuer");
    }
    return new ReleasePolicy.Authority(issuer, combined(authority, operator, 1));
  }

  private static Condition condition(Object value, int depth) {
    Map<?, ?> condition = object(value);
    if (!condition.containsKey("claim")) {
      String operator = operator(condition);
      requireMembers(condition, Set.of(operator));
      return combined(condition, operator, depth + 1);
    }
    requireMembers(condition, Set.of("claim", "equals"));
    if (!(condition.get("claim") instanceof String claim) || claim.isBlank()) {
      throw bad("'claim' must be the name of a claim");
    }
    if (claim.length() > MAX_CLAIM || claim.chars().filter(c -> c == '.').count() > MAX_DOTS) {
      throw bad("the name of a claim is longer than 256 characters or 32 dots");
    }
    return new Condition.Equals(claim, comparable(condition));
  }

  private static Object comparable(Map<?, ?> condition) {
    Object value = condition.get("equals");
    if (value instanceof String || value instanceof BigDecimal || value instanceof Boolean) {
      return value;
    }
    throw bad("'equals' must be a string, a number or true or false");
  }

  private static Condition combined(Map<?, ?> object, String operator, int depth) {
    if (depth > MAX_DEPTH) {
      throw bad("conditions are nested deeper than " + MAX_DEPTH);
    }
    List<Condition> conditions = list(object, operator, value -> condition(value, depth));
    return operator.equals(ALL_OF)
        ? new Condition.AllOf(conditions)
        : new Condition.AnyOf(conditions);
  }

  private static String operator(Map<?, ?> object) {
    if (object.containsKey(ALL_OF) == object.containsKey(ANY_OF)) {
      throw bad("exactly one of 'allOf' and 'anyOf' is needed");
    }
    return object.containsKey(ALL_OF) ? ALL_OF : ANY_OF;
  }

  private static <T> List<T> list(Map<?, ?> object, String member, Function<Object, T> element) {
    if (!(object.get(member) instanceof List<?> values) || values.isEmpty()) {
      throw bad("'" + member + "' must be an array that is not empty");
    }
    List<T> list = new ArrayList<>();
    for (Object value : values) {
      list.add(element.apply(value));
    }
    return list;
  }

  private static Map<?, ?> object(Object value) {
    if (value instanceof Map<?, ?> object) {
      return object;
    }
    throw bad("an object is expected where something else stands");
  }

  /** Names what is missing, never what is too much: that is the client's text. */
  private static void requireMembers(Map<?, ?> object, Set<String> members) {
    for (String member : members) {
      if (!object.containsKey(member)) {
        throw bad("missing '" + member + "' property");
      }
    }
    if (object.size() > members.size()) {
      throw bad("a property is not supported");
    }
  }

  private static ProblemException bad(String sentence) {
    return Problems.badParameter(PREFIX + sentence);
  }
}
