/* http_page.c - the chat page, as page.html has it; the build makes page.inc
 * of that. */
#include "http_front.h"

const char http_page[] =
#include "page.inc"
    ;
const size_t http_page_length = sizeof http_page - 1;
