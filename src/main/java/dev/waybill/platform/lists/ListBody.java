package dev.waybill.platform.lists;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The body of a list: what to find, in which order, and which part of it. All of it may be left out. */
public interface ListBody extends PagedBody {

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
}
