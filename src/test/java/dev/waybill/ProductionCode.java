package dev.waybill;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;

/** The service's classes as the architecture tests see them, read once. */
final class ProductionCode {

    private static final String ROOT = WaybillApplication.class.getPackageName();
    private static final JavaClasses CLASSES = importing(new ImportOption.DoNotIncludeTests());

    private ProductionCode() {}

    static JavaClasses classes() {
        return CLASSES;
    }

    /** The tests beside it. */
    static JavaClasses tests() {
        return importing(new ImportOption.OnlyIncludeTests());
    }

    private static JavaClasses importing(ImportOption what) {
        return new ClassFileImporter().withImportOption(what).importPackages(ROOT);
    }
}
