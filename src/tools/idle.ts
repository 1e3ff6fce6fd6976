/** Words that tell nothing about what is wanted. */
export const idle: ReadonlySet<string> = new Set(
  'a an and are as at be been but by can could did do does for from get give got had has have he her him his how i id if in into is it its let me my need needs of on or our out please pls she should so some than that the their them then there these they this those to too up us very want wants was we were will with would you your am not no now just also'.split(' '),
)
