package dev.waybill.auth;

import dev.waybill.platform.query.Filter;
import dev.waybill.platform.query.Filter.Condition;
import dev.waybill.platform.query.Operator;
import java.util.ArrayList;
import java.util.List;

/** List filter for what a narrowed key reaches, so that pages and totals count only that. */
public final class ScopeFilter {

    private ScopeFilter() {}

    /**
     * The list filter equivalent to {@link Caller#reaches}.
     *
     * @param type the resource's type, such as {@code bucket}
     * @param idField the list's field that holds the id
     * @param nameField the list's field that holds the name
     * @return {@link Filter#ALL} when the key is not narrowed to resources of that type
     */
    public static Filter of(Caller caller, String type, String idField, String nameField) {
        List<Filter> parts = new ArrayList<>();
        for (ResourceScope scope : caller.scopes()) {
            if (!scope.resourceType().equals(type)) {
                continue;
            }
            String pattern = scope.resourceId();
            if (pattern.equals("*")) {
                return Filter.ALL;
            }
            boolean prefix = pattern.endsWith("*");
            String text = prefix ? pattern.substring(0, pattern.length() - 1) : pattern;
            Operator operator = prefix ? Operator.STARTS_WITH : Operator.EQ;
            parts.add(new Condition(idField, operator, text, true));
            parts.add(new Condition(nameField, operator, text, true));
        }
        return parts.isEmpty() ? Filter.ALL : new Filter.Or(parts);
    }
}
