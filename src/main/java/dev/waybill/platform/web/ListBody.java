package dev.waybill.platform.web;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The body of a list: what to find, and in which order. All of it may be left out. */
public interface ListBody {

    /** Conditions as {@link dev.waybill.platform.query.FilterParser} reads them; null for none. */
    @Nullable
    Map<String, Object> filters();

    /** The order as {@link dev.waybill.platform.query.SortParser} reads it; null for the newest first. */
    @Nullable
    Map<String, Object> sort();

    /** Words to find; null for none. */
    @Nullable
    String search();

    /** Whether the search minds case; null for no. */
    default @Nullable Boolean caseSensitive() {
        return null;
    }

    /** At most so many rows, where the query string does not say; null for the list's own default. */
    default @Nullable Integer limit() {
        return null;
    }

    /** Rows to skip, where the query string does not say; null for none. */
    default @Nullable Integer offset() {
        return null;
    }
}
