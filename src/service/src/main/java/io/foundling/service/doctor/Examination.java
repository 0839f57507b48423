package io.foundling.service.doctor;

import java.util.List;

/** One thing that a doctor looks at. */
interface Examination {

    /** Returns one finding at least. */
    List<Finding> findings();
}
