package dev.waybill.platform.ids;

/** A value object of one text, such as an id, stored as that text. */
public interface TextValue {

    String value();
}
