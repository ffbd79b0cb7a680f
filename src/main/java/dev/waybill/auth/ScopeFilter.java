package dev.waybill.auth;

import dev.waybill.platform.query.Filter;
import dev.waybill.platform.query.Filter.Condition;
import dev.waybill.platform.query.Operator;
import java.util.ArrayList;
import java.util.List;

/** What a narrowed key sees of a list, as a filter, so that pages and totals count only what it reaches. */
public final class ScopeFilter {

    private ScopeFilter() {}

    /**
     * The filter that stands for {@link Caller#reaches} over a list.
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
            String wanted = scope.resourceId();
            if (wanted.equals("*")) {
                return Filter.ALL;
            }
            boolean prefix = wanted.endsWith("*");
            String text = prefix ? wanted.substring(0, wanted.length() - 1) : wanted;
            Operator operator = prefix ? Operator.STARTS_WITH : Operator.EQ;
            parts.add(new Condition(idField, operator, text, true));
            parts.add(new Condition(nameField, operator, text, true));
        }
        return parts.isEmpty() ? Filter.ALL : new Filter.Or(parts);
    }
}
