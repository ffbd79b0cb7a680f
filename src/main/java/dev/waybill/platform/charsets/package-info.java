/**
 * Charset detection: from the bytes, from a declaration, or from the letters of a language; and the detection that
 * bytes are no text. The same bytes get the same charset everywhere, and a charset that is found can decode them.
 * Begin with {@code TextEncodings}.
 */
@NullMarked
@ApplicationModule(allowedDependencies = {})
package dev.waybill.platform.charsets;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
