package dev.waybill.platform.query;

/**
 * The order of a list.
 *
 * @param field the wire's name of the field
 */
public record Sort(String field, Direction direction) {

    /** Which way round. */
    public enum Direction {
        ASC,
        DESC
    }

    public static Sort descending(String field) {
        return new Sort(field, Direction.DESC);
    }
}
