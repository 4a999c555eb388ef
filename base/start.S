// Where the programs of a session begin: the pages that relocation is about to write to, and the zeroes behind them,
// are asked for in one call, instead of by a fault each; then the C library's own beginning. A kernel that does not
// know the request (before 5.14) refuses it, and nothing is lost. Nothing on the stack may change.
#if defined(__x86_64__)
    .globl jesh_start
    .type jesh_start, @function
jesh_start:
    endbr64
    lea __init_array_start(%rip), %rdi
    and $-4096, %rdi
    lea _end(%rip), %rsi
    sub %rdi, %rsi
    mov $23, %edx // MADV_POPULATE_WRITE
    mov $28, %eax // madvise
    syscall
    xor %edx, %edx // no function to be called at the end
    jmp _start
    .size jesh_start, . - jesh_start
#endif
    .section .note.GNU-stack, "", @progbits
