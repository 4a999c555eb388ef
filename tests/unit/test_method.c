// interp/value/method.h: which overload a call takes, and what is not there.
#include <criterion/criterion.h>

#include "interp/value/method.h"
#include "interp/value/types.h"

// The members are weak where types name them: naming them here links them.
extern const struct type_members full_string, full_int, full_array_list, full_math;
static const struct type_members *const linked[] = {&full_string, &full_int, &full_array_list, &full_math};

Test(rank, numbers_widen_before_they_narrow) {
    cr_assert_eq(conversion_rank(value_int(1), &type_int), RANK_IDENTITY);
    cr_assert_eq(conversion_rank(value_int(1), &type_double), RANK_NUMERIC_IMPLICIT);
    cr_assert_eq(conversion_rank(value_double(1), &type_int), RANK_NUMERIC_EXPLICIT);
    cr_assert_gt(conversion_rank_types(&type_int, &type_long), conversion_rank_types(&type_long, &type_int));
}

Test(rank, text_goes_into_numbers_better_than_into_enums) {
    cr_assert_eq(conversion_rank_types(&type_string, &type_int), RANK_NUMERIC_STRING);
    cr_assert_eq(conversion_rank_types(&type_string, &type_char_array), RANK_STRING_TO_CHARS);
    cr_assert_eq(conversion_rank_types(&type_string, &type_char), RANK_LANGUAGE);
}

Test(rank, null_is_no_number) {
    cr_assert_eq(conversion_rank(value_null, &type_int), RANK_NULL_TO_VALUE);
    cr_assert_eq(conversion_rank(value_null, &type_string), RANK_TO_STRING);
    cr_assert_eq(conversion_rank(value_null, &type_hashtable), RANK_NULL_TO_REFERENCE);
}

Test(core, collections_of_dotnet_are_not_core_types) {
    for (volatile size_t i = 0; i < sizeof linked / sizeof *linked; i++) cr_assert_not_null(linked[i]);
    cr_assert(type_is_core(&type_string));
    cr_assert(type_is_core(&type_int_array));
    cr_assert_not(type_is_core(&type_array_list));
    cr_assert_not(type_is_core(&type_math));
}
