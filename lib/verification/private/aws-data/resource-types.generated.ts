/*!
 * The resource types of CloudFormation, by their namespace. Written by `npm run managed-policies`.
 *
 * Contains 1582 types from @aws-cdk/aws-service-spec 0.1.167, as of 2026-03-30, under this licence, Apache-2.0:
 *
 * Apache License
 *                            Version 2.0, January 2004
 *                         http://www.apache.org/licenses/
 *
 *    TERMS AND CONDITIONS FOR USE, REPRODUCTION, AND DISTRIBUTION
 *
 *    1. Definitions.
 *
 *       "License" shall mean the terms and conditions for use, reproduction,
 *       and distribution as defined by Sections 1 through 9 of this document.
 *
 *       "Licensor" shall mean the copyright owner or entity authorized by
 *       the copyright owner that is granting the License.
 *
 *       "Legal Entity" shall mean the union of the acting entity and all
 *       other entities that control, are controlled by, or are under common
 *       control with that entity. For the purposes of this definition,
 *       "control" means (i) the power, direct or indirect, to cause the
 *       direction or management of such entity, whether by contract or
 *       otherwise, or (ii) ownership of fifty percent (50%) or more of the
 *       outstanding shares, or (iii) beneficial ownership of such entity.
 *
 *       "You" (or "Your") shall mean an individual or Legal Entity
 *       exercising permissions granted by this License.
 *
 *       "Source" form shall mean the preferred form for making modifications,
 *       including but not limited to software source code, documentation
 *       source, and configuration files.
 *
 *       "Object" form shall mean any form resulting from mechanical
 *       transformation or translation of a Source form, including but
 *       not limited to compiled object code, generated documentation,
 *       and conversions to other media types.
 *
 *       "Work" shall mean the work of authorship, whether in Source or
 *       Object form, made available under the License, as indicated by a
 *       copyright notice that is included in or attached to the work
 *       (an example is provided in the Appendix below).
 *
 *       "Derivative Works" shall mean any work, whether in Source or Object
 *       form, that is based on (or derived from) the Work and for which the
 *       editorial revisions, annotations, elaborations, or other modifications
 *       represent, as a whole, an original work of authorship. For the purposes
 *       of this License, Derivative Works shall not include works that remain
 *       separable from, or merely link (or bind by name) to the interfaces of,
 *       the Work and Derivative Works thereof.
 *
 *       "Contribution" shall mean any work of authorship, including
 *       the original version of the Work and any modifications or additions
 *       to that Work or Derivative Works thereof, that is intentionally
 *       submitted to Licensor for inclusion in the Work by the copyright owner
 *       or by an individual or Legal Entity authorized to submit on behalf of
 *       the copyright owner. For the purposes of this definition, "submitted"
 *       means any form of electronic, verbal, or written communication sent
 *       to the Licensor or its representatives, including but not limited to
 *       communication on electronic mailing lists, source code control systems,
 *       and issue tracking systems that are managed by, or on behalf of, the
 *       Licensor for the purpose of discussing and improving the Work, but
 *       excluding communication that is conspicuously marked or otherwise
 *       designated in writing by the copyright owner as "Not a Contribution."
 *
 *       "Contributor" shall mean Licensor and any individual or Legal Entity
 *       on behalf of whom a Contribution has been received by Licensor and
 *       subsequently incorporated within the Work.
 *
 *    2. Grant of Copyright License. Subject to the terms and conditions of
 *       this License, each Contributor hereby grants to You a perpetual,
 *       worldwide, non-exclusive, no-charge, royalty-free, irrevocable
 *       copyright license to reproduce, prepare Derivative Works of,
 *       publicly display, publicly perform, sublicense, and distribute the
 *       Work and such Derivative Works in Source or Object form.
 *
 *    3. Grant of Patent License. Subject to the terms and conditions of
 *       this License, each Contributor hereby grants to You a perpetual,
 *       worldwide, non-exclusive, no-charge, royalty-free, irrevocable
 *       (except as stated in this section) patent license to make, have made,
 *       use, offer to sell, sell, import, and otherwise transfer the Work,
 *       where such license applies only to those patent claims licensable
 *       by such Contributor that are necessarily infringed by their
 *       Contribution(s) alone or by combination of their Contribution(s)
 *       with the Work to which such Contribution(s) was submitted. If You
 *       institute patent litigation against any entity (including a
 *       cross-claim or counterclaim in a lawsuit) alleging that the Work
 *       or a Contribution incorporated within the Work constitutes direct
 *       or contributory patent infringement, then any patent licenses
 *       granted to You under this License for that Work shall terminate
 *       as of the date such litigation is filed.
 *
 *    4. Redistribution. You may reproduce and distribute copies of the
 *       Work or Derivative Works thereof in any medium, with or without
 *       modifications, and in Source or Object form, provided that You
 *       meet the following conditions:
 *
 *       (a) You must give any other recipients of the Work or
 *           Derivative Works a copy of this License; and
 *
 *       (b) You must cause any modified files to carry prominent notices
 *           stating that You changed the files; and
 *
 *       (c) You must retain, in the Source form of any Derivative Works
 *           that You distribute, all copyright, patent, trademark, and
 *           attribution notices from the Source form of the Work,
 *           excluding those notices that do not pertain to any part of
 *           the Derivative Works; and
 *
 *       (d) If the Work includes a "NOTICE" text file as part of its
 *           distribution, then any Derivative Works that You distribute must
 *           include a readable copy of the attribution notices contained
 *           within such NOTICE file, excluding those notices that do not
 *           pertain to any part of the Derivative Works, in at least one
 *           of the following places: within a NOTICE text file distributed
 *           as part of the Derivative Works; within the Source form or
 *           documentation, if provided along with the Derivative Works; or,
 *           within a display generated by the Derivative Works, if and
 *           wherever such third-party notices normally appear. The contents
 *           of the NOTICE file are for informational purposes only and
 *           do not modify the License. You may add Your own attribution
 *           notices within Derivative Works that You distribute, alongside
 *           or as an addendum to the NOTICE text from the Work, provided
 *           that such additional attribution notices cannot be construed
 *           as modifying the License.
 *
 *       You may add Your own copyright statement to Your modifications and
 *       may provide additional or different license terms and conditions
 *       for use, reproduction, or distribution of Your modifications, or
 *       for any such Derivative Works as a whole, provided Your use,
 *       reproduction, and distribution of the Work otherwise complies with
 *       the conditions stated in this License.
 *
 *    5. Submission of Contributions. Unless You explicitly state otherwise,
 *       any Contribution intentionally submitted for inclusion in the Work
 *       by You to the Licensor shall be under the terms and conditions of
 *       this License, without any additional terms or conditions.
 *       Notwithstanding the above, nothing herein shall supersede or modify
 *       the terms of any separate license agreement you may have executed
 *       with Licensor regarding such Contributions.
 *
 *    6. Trademarks. This License does not grant permission to use the trade
 *       names, trademarks, service marks, or product names of the Licensor,
 *       except as required for reasonable and customary use in describing the
 *       origin of the Work and reproducing the content of the NOTICE file.
 *
 *    7. Disclaimer of Warranty. Unless required by applicable law or
 *       agreed to in writing, Licensor provides the Work (and each
 *       Contributor provides its Contributions) on an "AS IS" BASIS,
 *       WITHOUT WARRANTIES OR CONDITIONS OF ANY KIND, either express or
 *       implied, including, without limitation, any warranties or conditions
 *       of TITLE, NON-INFRINGEMENT, MERCHANTABILITY, or FITNESS FOR A
 *       PARTICULAR PURPOSE. You are solely responsible for determining the
 *       appropriateness of using or redistributing the Work and assume any
 *       risks associated with Your exercise of permissions under this License.
 *
 *    8. Limitation of Liability. In no event and under no legal theory,
 *       whether in tort (including negligence), contract, or otherwise,
 *       unless required by applicable law (such as deliberate and grossly
 *       negligent acts) or agreed to in writing, shall any Contributor be
 *       liable to You for damages, including any direct, indirect, special,
 *       incidental, or consequential damages of any character arising as a
 *       result of this License or out of the use or inability to use the
 *       Work (including but not limited to damages for loss of goodwill,
 *       work stoppage, computer failure or malfunction, or any and all
 *       other commercial damages or losses), even if such Contributor
 *       has been advised of the possibility of such damages.
 *
 *    9. Accepting Warranty or Additional Liability. While redistributing
 *       the Work or Derivative Works thereof, You may choose to offer,
 *       and charge a fee for, acceptance of support, warranty, indemnity,
 *       or other liability obligations and/or rights consistent with this
 *       License. However, in accepting such obligations, You may act only
 *       on Your own behalf and on Your sole responsibility, not on behalf
 *       of any other Contributor, and only if You agree to indemnify,
 *       defend, and hold each Contributor harmless for any liability
 *       incurred by, or claims asserted against, such Contributor by reason
 *       of your accepting any such warranty or additional liability.
 *
 *    END OF TERMS AND CONDITIONS
 *
 *    APPENDIX: How to apply the Apache License to your work.
 *
 *       To apply the Apache License to your work, attach the following
 *       boilerplate notice, with the fields enclosed by brackets "[]"
 *       replaced with your own identifying information. (Don't include
 *       the brackets!)  The text should be enclosed in the appropriate
 *       comment syntax for the file format. We also recommend that a
 *       file or class name and description of purpose be included on the
 *       same "printed page" as the copyright notice for easier
 *       identification within third-party archives.
 *
 *    Copyright [yyyy] [name of copyright owner]
 *
 *    Licensed under the Apache License, Version 2.0 (the "License");
 *    you may not use this file except in compliance with the License.
 *    You may obtain a copy of the License at
 *
 *        http://www.apache.org/licenses/LICENSE-2.0
 *
 *    Unless required by applicable law or agreed to in writing, software
 *    distributed under the License is distributed on an "AS IS" BASIS,
 *    WITHOUT WARRANTIES OR CONDITIONS OF ANY KIND, either express or implied.
 *    See the License for the specific language governing permissions and
 *    limitations under the License.
 */

import { PackedData } from './packed-data';

export const RESOURCE_TYPES: PackedData = {
  source: '@aws-cdk/aws-service-spec 0.1.167',
  date: '2026-03-30',
  brotli: `
HzB+IJwHttuUC2wUJuz4vEQZFjJR1aY9w/51S7rS+koBFMMXCCIHSLL9FpuW8iPkyXNLPT5sIEzSVdzX1iw6XX3t1b3fVz1FmVRbOvlLOD9zc6XtJjALI3w5rLH3iQf/3/u+pUVGLuuQIVNmTCLmjC
IFIe4xqzTobtXg4wNVwABj0JimQaFpzdnnvjEYOQBy/4MeTR85m0qRYoUBI6WhglDPkVBt65dkxNIREXD+//f/IR+8JqdaraADIlE3jgAQIVri80lHobUfNyoQTjqpJpfXhvLuX5QTZU1Wgu098tv/
QLQ3yHpgkLKhgmHqdo4G7LgIo7+wjBar939/BGwBIypYDKMHye8/W4NIbhNpZDVktCTIEFncFQGy8c3EGIc7rGFdgWiVm086riAaoZWtRuo+A3g/0+P/ia/hJJTbq9rzT/8zk/pcD02wBdW+rQl90q
KmNZMLswrscu08+xRuw66+BjE0LxaScO+pDKmsQPCtxPsqq5cIbsgjJuFXViBWb7h/9uGweyj/1xk4HxGD8bMJ8MX3Bux2s5px97mOFm3/Uxhld979AMAxoaimYWRxRwfQYk1oK0jULKXsdoBua2s8
v2pM+RL40IQE3wHj0l2vZWd1FB7lVIAm7WdjrDq9pY7mmSburGlX7813S6t4hK3GIcB3kcR0f5pWWl7ar22UKmbYAKh5qbAJR+YjQRx0JO0nINWd1umhjdbxr8oatqM4DJBpwdWdspg78Grz8hBEQ8
XZ9PIQsbxOzpLRIkUdQqI+/g90wjc4SxEtZI1ZG/DvWeo5xCubBrf1q0IluWNPR0jR4dn65lM6I0ijCFdgmzfjEBbhbQDFCiA5fsGr6ETguF/1pU0i7ZGNY71YqVt/Tzf6nvZyyOdetST64tFW1i3d
RZMZCXJYcSUyuqo9FbA66ro2hoF0twa77xRzDgAZEePyOqRl/buX86Mt1KUkl8yJxo9tyuk1BHEbnwHUem+v2k5skyQWzBn0EWtZDCInXJaitlus/kgR4bbLPjemZMOzLkO43dZj4LGV/Kuz56kpaw
8OIerxbTwOgWO8aw/UYTVCD9egSdwG4cjGvWMpn6Xxq17VVYY8saah3aCkfUHG2iq51xfkuGTkmhg0Aukl6U/EFxXJpRz26sVpUKd1mIjcAZiU9/6z5JnS4oheBwnSkTfnCyvsNY5/RXyeUF37VYin
tg92K9vKDVFuo0nvv7I+t/MhiK2vHUUaQvjPfViX3E2+3fsPEEHPzcakdnIEMbKoYvgDAOJEOr1Ois83e3VnwCLoSM1dJcwnQGMxP3f4MhpuJOYBvvbGIm2ObPyOMwzk/jXi6irOsJkc3InxSDssjo
ZV0zlcMr53VMb46opf6aSj22oDb9MNwYIATW1mWdts+fnFS2kYIwmMjTsbxfsdZP9Xr3w2DKUHLCnT1fQ+417zoSx75O2HDbaHpQD2+AknNblb5uUvmghqy+6Nfc4+2Q4q2S71LcTa2PHZbibmlkWy
zGKLKViQJdifrIThLIn+sVgSuoQqzhKiKpp80SP1Nue1Em2I1QmIHP/Ec6bStZu11Wt7Axsw9sS+6z6ogEpzDW2LUYifxpwYYYeuzqNCT+a4wQHWdFuzO8/OAyhaLaxo3sI8u9Va2yd9v2Y1xxedK8
9WcdTYdqbeSVvJT3pojj+yVwhzIEFS4Rrb4zZE2Ce+ZggKIvM2GHopZ0Pk1tzrSvMPgNGZJOxWeA1luGsnaIAdrxH4uj3uIsPI8EEFJpoz1jkHnnkOJZG9r/bVEUWdewQ5hrMw49kKyhZrBRo2hqyP
9rZ8SqUbSWFwjPYS/p523C/7pqAzHq+tFr5ujlg+ZPtFEMnjM4YUH4tv3thg/l6Y23SxgvTol8rBmJl7k8dZzEmV1sbP1E+irjdBvqUS/mtyPVtgQ8usE+9vzNtg0EdN4KIhteMOvpqPDAo0Kfeer7
+XQti+B6UvyjfxbbJPlauBqzadkddrfeFfuVTEe8fx9BIGVa7SUyD9wGKxoI+n4C+C0ww+xoqXNmAlxOdltE+HNC4UlGx/d0cRpoZPAbmh6JF+B970gTvfPi38ADZU9ElgDHDlFg1VPFTWWpBb+G4a
z9TefOx95r6F56vpyI0fG6CBSVSCu2Vu5wQExrMwbFOSdlZ44quiRFm2puQjqnQd5KyhYpaWDMaEt5TdZfzR45fcl++iVdphKalA8CDxcL5ElIje843FUIP84qzGWyvjJDfzzvn8uyWq783ukvZVMn
VIK6Rv8DzjpkdMR/bdgTVs9V75wG/Mza8t55FSz83zNDRZ0220Xl5J4kXZ46kvgXF7JqEzsM5dwVhajthXRPzPUUYSVbtk/Zoxj9HpCjS+wOlhQz67btWYUywZxLad4/gX+8lcOCE4LQn2WcenKY/F
m0kS4uLI8XVJTmWE+hoERAP6WJ2xJhjDDAqgUUZJ6fyyoNAxtvC4k6W8De1M9XdpDQRtSqShdH2vSLlQ2QJ4CCH+OCwcB+tzAscvOWX1C6LiUsYM+3DL2kx70xhYe7Bbny56pAgXmL8CU5rlw62VSW
GJdmzPdRUEvfa7GhTfoWZc1Id9Y5PKwe2qHUxCO8SwgyTnDdppRHAlPH9cznqtsBzywOI3oCxeKmdX35zVpmytf7blY3GlTgTc/xrGwL9Shz/jsYOsGitliVGb/zPbnPhFnZQwjJt3Q7G0jkPcn5Bp
tK8vwQcLNTHq2Zm0vQt780OlJJbkwzZUj0Vteffx71aDp9/aAPd/EAlPtOXjMkr3g2nlGEdzVL8+rVXj4c+UWWRo2lkbVDhmDTtFDj9SXz/WhTUci/t2TQBOZEzBuZ8TP6VI1Be47Q+TPsS5fxzLl8
K9WXeAdogYJ8YDwk4qjjtMt/7ZfXqw3CJpa6C64jKPGAXKSVcCEdwQEFPF95NDZxrFYSPFlt1n2d+fVhq7AP572VpGj6cqvy39AConZhM+0udx64is9jLd4+mPXZQBtMPqDRzLAsZtXuftM300O4KL
qqTpAcfI4V4W7l9+b74HKbRubMWJG1FOdvB1I4GFZopLYIYFBlJyzMNm3UpV7D7QO8p+AVUabRN0RADiZpb+uMUZjrG4YYnCwsZlNrON5pFz67e428gZbbs4l4eauCjjxAAQ8UGtMAU7Xuu28zznZb
pgUyJAFdEn34BqQ6LqPClDjuSEDIIUYfZUcCbTeEgV9b8xpkuttsKQ2wqvz0LgJOUDntilOfeso89OSTadLBQMU01MKBacEiY4/XDTUmLgD7vDAp7EPoI3jxcE/Cmn8H9bPCeCf97D/SgVeq9l/R09
5D4q/OblEOzqDeDDMTBZ9boRtu61N6hDq2nzpyGk5qcVPA97K3p81wHiUqQGDn9QPzfBGG92WB2TywZL8TQzM/DFzNANvV8dlYsAuKQj492ZcoENMxRNdMrEY2SY2alHSyFjVaeS2ZLxzcg5QZYqKh
tBloF4rJVPaHsmlV6WeuMV/T0p9G4cg9hvOxmCp3J51VWRghAUZoWn/vdkvZsPeiiEYGhJKeBEd5HHxsEQ1g0re7oRTXGorqeQQGwmi9iSZPHhIl4APw5ICrxHWSHEA6wMEzvt+r5zqgz8IeaH9dsE
P2mM6dHPFA0Av3fu07Tebt4chFRcnOxiMIhtf+fHAcytCk+KzMlo9M8oNTzCF93Zb798bMdFrDOjw65R37ZbmnA2a5R5ZnubW1H6fDlxOatMXTP+9f1z8ixC9herolnZPJGkDu2RoIMNV4/4gqXKgZ
T9mh3/zT1yeseNlNF5yLQcvuc9AVsI8QcdVHAc9gMLlBMDtBkXSbzUsfTsYmt5x6gHp5dCvuSH+tAksuuP6ocpqN4wTElu5VUKsxIKPzuk9jJObRzC7NYnoiK9YM0+kcYYk+/kUfTpQJ5F2QLm8xPX
+V6cIH5H3+DycVq9yM/bLEIkgpDT4bmXFNdDmfWv+RYgeTC1CyctuJesFpP2gA349IGK89xKnJvhLmnODkyqC/3ueH/YHOche1Ri83Jh3DbG0hAkaAfltWFyKN8kcZtNtAJMCQBneWZfLPTP84dJuI
WeQwxNPKhXC1UWTO9fxRz5WIVag9HY4DizvgbDbcAYx53gFfwUAUgnqR9DUj1ufTCNv+GRuqHkkGLrmIVTkCOM1uNfvqrPXe+ZCIDPnpItg4Wojy9Z3ovD+3Tuga0+yb9ygWm/Rx9i4IA899jy8DzQ
hCUKsAysWgQCzOdk2RJ/jheS4YbMBR6Bx9UzruzsfBIZsQ4zEzqYjLHON5DNIq/o3sbbSEo5jV8cIidfE8zMKj4leKbmlwfpWnMe2se7E5dvJBx7iebj6sGiTxtMMab+kb+LfeXXwoBMntnHMeYpnZ
OJ/tB/vjjuKJYxMw8Si7j/YYw7pC7yUmrz/pB/pbTC9DAfMIMACmmqfCoNlmThDA7uo6zREu2P6LiSo/n8bQ+Kd985DQNQAgnIe9bgkY+6LUTTOV83E5qUucmj8L1fIrrGA3zT+tlZWGWL+G2+PNfK
F3rzfc37l8MGP6dbS9S3skNLwyzh85IaL+iVsRKXUz9eJzawnx/apJM8Us9wUV8Ko+60qFrpkbupknyt4BVS06VxoM9xtMEYvj6C4vrj6NMy8uL+45MGfnZcfAdY2XIZjgK+/8J779FjCDwJEiq/7L
jNoG7gaSJ+5E3ix2NhzqWIvGk1f1EAegT/aw9KYHhd9sYs6/7aOOj8hGzL37WdDvSnb/tJND1sNOORi/GEu/9Czt2v5eY5VrAiTr61uMy9pUyYjbV/zKyFWQZZGPWQ1JwY+fYiXczzLv9OCQp8fSdo
U2eEsufIhi1knQE50/vdaR9sTgPNqR1qYPlDYczY6A5tSv+1tGPSJUNk7xZJO8sRCG0rU3RpA/1nVFviHQTaimoV2L+eCO8sd7+F3WqSLmUa4xHYS3NYwdSiSYoYgbpPn7luArsyuWoTx/ASxKjnA4
hEovPbNpg5lM2rYvp4/EGgaIztoRSm/42CmaXmGga+oQj1utB0pEaexshwX5VFvk6g6h6Nk2KTVMyJt9f/z/bWcL27yqfMOPObu+IustLDy3gthHVcRW9PCFUwrqRnY1oZYZxTkNId4co0cmTS/yGj
tmD9eBD8Er4eZS/nyjXvg/DP0Z8LGbSY/jq3y4BQKOxK4JDmrjgu1Wd1L9mvpOzNRcgp7avrkUM6GmRwGVJaWHxl/KuiLD6IjakdHRpOM/4d02/nv3iNhFHUbUCsrsuIxls9tjhjdRGVQ0Dlue0CZq
XUlTVDjSQN8XkwgLZ6BKua04OcUa5AyRiY+I6xGYu77ZHbGsTx2kzDxv2aVnXkPzr8XAi0LBD7z+zIx9iU4cBkygqCAUv6D5cFBxUAFSfQmfnFNqUtEmw66VLRIyhEexpsjyDxAgjlSCotvg/XAdfy
VnLD1U21tRdrfOXcSrPxHIwdai2zH3L9tyiIUFAXzyxVDegv6hlgBGgEZdMieTFgfpCK6hzkFRiarnmS0gS9jQndYsbxf7ZP8EXFSwb5zEPX3jXoNYURNk4Y5K9C9S8CgfJX4P1fH5jxWHz2srUTca
bQiXAm3jO4xhHOFUGmfhp31vxOU6BdmmFV6Y+IprkdZgOKlG7MgtH57WSde5lSZxigaI+9TLR2XC/RIV44P/vpES39IoX8B1CdPcTTX1J4WDgaRWO8Wbk/ZxzAFBjAkg2gaSMYzAmiQ3IwSuovejFU
0pyGs7qaUkoX6qUaMx30LS6p/d5Ix7qpcQERHVAst+2xGEJlBPr+Mji70cPrvJnwCfDrdJqDQzMLDcl+zl8IxJMR2pnURNTrDmZtL479SaZarfP1dwqj+mHGv2iMHu8t9OwxrskYevEw6QF+zouek4
bCVNyWuz80VZRkITMIoYvZSKZWYkjwx8Ho39vv7zestxixCqxDVkfRLi6n28QRNUeZnEoNIBchYkJtUSyxeEyBTkAk0tib7L63kipTNP8kqc8TVdXm4LEChQ6t2M0bpE8t8NLPl4c2Vc2kPWPZ0mVU
PfvI4JGa4/ODaE+ENdTJxDj5H/+lq3w+Xa1u5dy9S8kKwlzvr1ohpmioZet0xHt1nHdwk3MZoE7qsMMDmeOnHTZkthtVIb8tDZSPekJwRmJGlJQuzdlgqD2NR6DX0ilAIVWrZB6X+3wraT9W8rIg8j
KklvQzKpTWwHMxuzT1EQLjE2BZ/OzaInukJ8I9K336Bg1pVxfFxhtnXXpkYGAPRLFiuz2JvTlzuKZhJI/h2ItjXuVDdIulCsVJFN/GIrkf5gRYaRNkFxNJ1NH5Q5J7xhHSUD/wLadEoCVvKP6Xeagm
uj63ZVi9XF+4EPG2u6+DIV6dR/I9Dw/BL8lORMvxdXfGY9bNpYit+AlFD0HbvnCz/a1x2G9ry/ir4phszvhvHLhTZAn5nr+7PGaMnnvI1HexO6tCyt0JfohmSS+v5BpfGFmVqK2iV2elB4TEboFjnH
IgmoZOmtmOynBgLSgCMphxebNsXpIe5q8C5CXCN1qaKm51nrviXL1tzA03QZ+DaYQoz9tsX+cvSBTt2FaRlB5Rz6/TZn0R3x/tHq8udLyQ0YjELW+qf/0ZnZSu/gF3dVo8POdVZm108MJyBqS/3VAD
xuxVqdCy9H2NXfa3qPkEyv3/cbdifM5J4JfN25Saj+bpAtv9Z+OHY4cNaY8nu0iD0kZnLzvVbuDLvYMBR8i6oW+OysDv6pN9aZ/2UR6m5wKu1CdDeHr+sm3Mo5tifeSe1WaCvQnh/ouqmt1Tx6KlEB
V8UPfehMZrd4POUfyMbx2A7uNs63ecuVPt3bUfK4s6uqvfxbYyzS5eKeqxKesZniWwiX9soYpq2c8zhUaq0goxrBwYXJV/OC5jjCc8GtIZamguU0RyPSddIXc00QtpG+VrdKVvkwVnFVw/pg3fJftE
FZKEDffYhFEcEYUsSAq/P7Jz+k0a6ehxyvdnKwvtCS6KeScuXUzwACkSYsK66qVD9w1wW2zcBfJz+pFJaZosc6bHxDaGBe84HKQFY0wb4FmfbYlbFJ1ADwSVKfcxvJBBJd2dkZUZ+0j+rlpTTfx/tW
50/JacER3pQyLmLaBDE7zwErNTCP8gdGaz4iK0QHtrrek5L4266DT6puH0LGImISvWhPT38/RbhOeOtx4nTvaPFwpSbvAdH2eexyo+prNXPRi5ec0qPR88btILrogJZZjZwkIaXjGmkJ32lohbZNET
/uJh6yPPvtABmdq8EHtFDvR44dY/G++ZRNqE1nSTF0Z9A2hl2vCLLNpafOAf0W3PntWUnZLpTbxx86huQNLRi8IVqsCwM1ks8yQug8nWNW/JsTEilbmnfPSGicf2IDivd72yc4b1xULsjk/7Xe0N9h
sD12qL+G7Q/vM9BH9Q6q4cfo8wYwLh58Wc5uI0WN/yHgcIE7fJvodFUM0LphPLZRPk135FFUNByHmMkGw22G1thT1MPWG6azbGVW4kxWXAN+Q0D4zsNrf9+CZoU7VWvH5/elouSsH3JsgbloVvc2cX
6M/oAxiEfiOeD8pBCn9wg0Scj7nohjmjMU6OYU+sa3LPWs6No+4sxYRypUCQaGyolMtRxRoNsAajNoAiL7tcIL7xZ9M417agIAiQlMxPs/SpSfWcCn7ce7Uv2++zJjYXYOy95Dbmpf808UbakIZ+US
2sS/WMZna6mx11MfGQfNtOEgjOAYl2uu5MZGmLGL03XuXQQOIGdRhKvBJ7HqPYEZ7nR2gdiBPvwUxqFJf2IExTSXBe0yiq1dgUhgNGhIcFy9iiVO4xP3z/IAb3XR13x58N9zv9JcJJ4XHAuXsiM0nm
2y+J2of4uUnFGK3vJb5qxtF0t0ZgaZowXaxqKhrm6xsKGyOt3ituB2VDpRPu6VGhsYpHlvqKw1UwZV0aWVyuP0+RIfb8wN5eRLZufBffeGXEhEAPFle7PR0qlW4TWkjJnt+nGyjcFCX3Ud15Rn/6XW
EEqgh0ScHuFpHURzaKSLvO0Cumf3vxrpsEJmGRiv095npUv1HlYDSzvb3/7g2Hvwwe2R1242o+P+HgL9ztv1z3woy71Z3x5lBo6xBrNCMMmLCkWQlEpQjV1I7LgU6L8FrY+/qdu/VFnqBGukpZzrT6
N/YIlmFPOP9JFWpAQ6/TY0n/VUc7ruOFKv9q+7Sfs5UEG1bGJ6HT4Pm3qQMFl1TsIyXrSGQlHb+WybUzpfbukceegF+Fp3Yf28GfM79VA7ahY1zTJio288ygcvks5wOGxvF0CF3f6vAfxH0F7M/Wsd
k2Z7P4ADmkrx7yccNx/cfD2csd5Oe2yaw4YogsK3Z7BWpFbdgkvGDDbVezK1MzOzX6qlE8fl7qYbqpZqVWAUNCUC3mU38S8Xj4/5J5bg657JOVGw7yVE4i7HVeheghzACV11UoOT+s1+RfI5N7gnNr
JjSeBJVhiFr1BG2gJZZUpHJn+/Ob9710/Hy7E8DKa7cIBPNHMAuW1Cu746M97MMmsCHtATZ0I58EfnBg8DIe7kw+wi39v7FT+an62Xerg7UKYMj6EidXuDkQMWr3O7tP6DzefO3g3siGhWy2xF/bGh
POMYnYc3aPQ777RKXuXZxyEgCr76Joy6uIJJT81l86/Nsz/P32ob2U6jlu5CsDuhVi3lt40Z5LfWhmAmjjZjf6pBSYKCzPe0FbfWJXuK9dQ1WJxHXleo//XDGipOCXcJi4bY9SFDehNMnHmtDlbGUS
T1yIuOSlgjF4i5OawLFLsA0H06P98AkSjig5UfOVSoz/khYSt5W3rQyITw2nqtCK1ZwN+C9FCau29jhebzbasS+H3gPOo7abQjtZvzO1ImBCTL00Zi3JqdDffMSa+vCVbUAj8e+vXctH67XVj22MbX
Hqna91N9JbgICb3d+CNX8zQGI0TJxyifjVVmA4QQaSq2MRFMmh9UHoDjlrbGZ5VpP3UuGbOOXtnGTgsTtq0tdyywjoSiXGh2i5dEhU4DlWlqab78QShGyDZgJur8hSzEoVxUF/513w1Szlpy8mXu9X
lpwlwNlrGT4H8lSgn6TpkzfY2JlkD27aazCxr5rRgHTldgyYD7veJ3Fjhdo5kbLMlvtroQhqjauQeW9e43aIxqGmAERZUXwKp1QU4Djr5DlwmHJImzhzv4yKTOM9t9QFEJOPmoSKX6+Sp2WRLZx71U
TcaBFH4F1Kffkksg+ERfnPCtLvx4Pp0S9jKsBOggBINcB96Xbn+tovlgSD8kkgbQpO+XaMgO8Rj9xUBLdLT8nkHXV0/zTfhFigamH3XFGF82t6lAzaia+QGn2IMYC8ZOKHXpTAjf6hn8XzvhcF5UIF
ReChxz+dIYoTLonV8mFhgkaiFUAWteWwC7wxd+3dhEovrjz/P8GZdqUTuuv70k2dUcHohxBZ1+jzs28zQXftypnv3saPdAZ7lnj0N7YmFQO3Y/PBk2q+SmImuP34IKjiTCx3blbwGkRu8GwKRih45n
nDx3Mfc25EO1gMpI0w5gZ0VlxhFYezTKLCG8jbJIKrKYlsxp96Kvy2euGdhDtOr6SwFyJfwv6o1pwtoxrRt733M4qNoxjmwq3EyKkk8w8v8luXzl2FBBf3VMBFOWqMeS2YsgCEQnhKFNK5MIHsEIMF
WEib60z9dlWn0is0OBXiOWloJHWY7cXlmaIrCSmigvBQ1kUahMMVgavy5Z5G7nS+z5NvnFKENR9/cKfk9Ui/1/dA54xXUQ+e/zwG/EOBUB0DT1tNLZTn1s8PXi45Wp87fAZlsGUbIv95i5ml5/JSU6
2ZRtsNclzVJqpM69hVXsmMoCizD6VSAVwN0eJiLm9bzix7/MmkluQsIs+OjmZndbldz60l1oBNb6kxOdzDLJhOH0oFY8s+HzlKwvvkgx/EW9T48CiFPVisMI/Usec1P7j0DaoO+4Xd4pF1LXuLfOWs
vjlSjemLZPPayn4sZSqLYNb2SLjl/I6EWwMD71ARWCPqeHbLMYdSKUeM3zmdF+LiqRsseZ2IKFSeVOZ/bZn8MOQ/JupX8zR3PkSb9V5oKWATEoXs7vTzFyw5oWqIsRWf+STpob6UT5wckDS9S5Ao0v
wPNWWuuBETzTjaC7UNBWnKXBehSRyOEBPGKVGXdMzLzkx7tV/WckUCBTYwLRjVW5ptaP9bbja4ZMsAlkSA4+WzycOgUSbwGWfrgkPNIkm7/xqXV5+Eftvr5bkWFFmxor2o7g7hbalM9v0bu2bBagnf
Gm+3YeWTD6ade2EYlXCnOdtk89kYl7K3U0ohaN0IuOU8xa2/m87snJG4iy6wSW9UH5q/pP9s1TxQc2YDinvlCOc2BnKd+LaCq9or9i5uXHyINLGRA5ux7Jj1ABksrYRqb9LSRVO9E3jXt16cmdVBmX
NirT/OWHxR7sUoN6dP29JqrJ9gaS+JAeS93omW9tpadloPoD9YskO0f2k42+2OO0d/CpFF6jm2fLAMoflGpp6I7GpF2b/M8UW7J44B5tcRy3zFgXhHB5uhkz5YABb/6i3t1RMZGut4cUHw9GwN3ony
XmMoOlP46zpg7MfBHN/ZVf/xL5FtqLiQ3em6uI/kl2+sN8v3W0b2UnwTgidw8gb6pHD3P5vhLSwnz9JQy8r+wi/fnoLNBePm5YOGXJ4zeZ3JO0MHaxmMhacjEJ3BuMSuAUiovC8AV/HnpQfFKQWaXH
wXl6UzC3tgycD2mLkBpW4Dc3BqU7VdEzODeMW564yLSSpD+c0N4c7FvzX45jfHa/g6cxpl5cNvYqVrQEP0owaMeQYQdT1kw93igto1CpTq6cUwIhH3BkJtaBBH/tGKrZE57UGi5RcSfLq+zv0B0pz5
c442RwssKXf4CK10kHC9qBXwcyXv8DdRBHiBd9wfVTs=
`,
};
