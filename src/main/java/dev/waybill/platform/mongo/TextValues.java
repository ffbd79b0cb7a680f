package dev.waybill.platform.mongo;

import dev.waybill.platform.ids.TextValue;
import java.lang.reflect.Constructor;
import org.springframework.beans.BeanUtils;
import org.springframework.core.convert.converter.Converter;
import org.springframework.core.convert.converter.ConverterFactory;
import org.springframework.data.convert.ReadingConverter;

/** Converts stored texts to {@link TextValue}s. */
@ReadingConverter
final class TextValues implements ConverterFactory<String, TextValue> {

    @Override
    public <T extends TextValue> Converter<String, T> getConverter(Class<T> type) {
        Constructor<T> constructor = BeanUtils.getResolvableConstructor(type);
        return text -> BeanUtils.instantiateClass(constructor, text);
    }
}
